package io.profileworkflows.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One variant's results, a figure for each round.
 */
final class Figures {

	private final List<Double> all = new ArrayList<>();

	void add(double figure) {
		all.add(figure);
	}

	double median() {
		var sorted = all.stream().sorted().toList();
		var middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	private double min() {
		return all.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
	}

	private double max() {
		return all.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
	}

	/** The median, and between what it lies. */
	String perSecond() {
		return "%s/s (%s–%s)".formatted(whole(median()), whole(min()), whole(max()));
	}

	String mebibytes() {
		return "%s MiB (%s–%s)".formatted(whole(median()), whole(min()), whole(max()));
	}

	String milliseconds() {
		return "%s ms (%s–%s)".formatted(fraction(median()), fraction(min()), fraction(max()));
	}

	static String whole(double number) {
		return String.format(Locale.ROOT, "%,d", Math.round(number));
	}

	static String fraction(double number) {
		return String.format(Locale.ROOT, "%.2f", number);
	}

}
