package io.profileworkflows.preflight;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.profileworkflows.customerprofiles.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers of AWS to one kind of question, kept for a while. What several ask at the same
 * time is asked once.
 */
class AnswerCache<Q, T> {

	private static final Logger log = LoggerFactory.getLogger(AnswerCache.class);

	private static final int MOST = 10_000;

	/**
	 * Short, since the next answer may well be another, but long enough not to press on
	 * an AWS that throttles.
	 */
	private static final Duration UNTOLD_FOR = Duration.ofSeconds(5);

	private final Function<Q, AwsAnswer<T>> source;

	private final AsyncCache<Q, AwsAnswer<T>> answers;

	AnswerCache(Function<Q, AwsAnswer<T>> source, Duration keptFor, Executor threads, Ticker ticker) {
		this.source = source;
		this.answers = Caffeine.newBuilder()
			.maximumSize(MOST)
			.expireAfter(Expiry.<Q, AwsAnswer<T>>creating((_, answer) -> isTold(answer) ? keptFor : shorter(keptFor)))
			.executor(threads)
			.ticker(ticker)
			.buildAsync();
	}

	/**
	 * Asks, unless the answer is known or on its way. A caller who gives up waiting stops
	 * nobody else.
	 */
	AwsAnswer<T> ask(Q question, Deadline deadline) {
		var answer = answers.get(question,
				(asked, threads) -> CompletableFuture.supplyAsync(() -> source.apply(asked), threads));
		try {
			return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException _) {
			return new AwsAnswer.Untold<>("There was no answer within the time limit");
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return new AwsAnswer.Untold<>("The service is being stopped");
		}
		catch (ExecutionException failure) {
			log.error("A check could not ask AWS", failure.getCause());
			return new AwsAnswer.Untold<>("The service failed; its log says more");
		}
	}

	private static boolean isTold(AwsAnswer<?> answer) {
		return !(answer instanceof AwsAnswer.Untold);
	}

	private static Duration shorter(Duration keptFor) {
		return (keptFor.compareTo(UNTOLD_FOR) < 0) ? keptFor : UNTOLD_FOR;
	}

}
