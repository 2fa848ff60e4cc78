package io.profileworkflows.ui;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Debian's Chromium, in which the tests of a class look at the page. They are skipped
 * where it is not installed.
 */
final class Chromium implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

	private static final Path PROGRAM = Path.of("/usr/bin/chromium");

	private static final Map<String, String> NO_DOWNLOAD = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

	/** A test machine may be closed off, and its user may be root. */
	private static final List<String> QUIETLY = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

	private static final double PATIENCE = 30_000;

	/** What the console said, or a page could not do. */
	private final List<String> complaints = new CopyOnWriteArrayList<>();

	private final List<BrowserContext> open = new ArrayList<>();

	private final IntSupplier port;

	private @Nullable Playwright playwright;

	private @Nullable Browser browser;

	/**
	 * @param port of the service
	 */
	Chromium(IntSupplier port) {
		this.port = port;
	}

	@Override
	public void beforeAll(ExtensionContext tests) {
		assumeThat(Files.isExecutable(PROGRAM)).as("%s, which apt-get install chromium brings", PROGRAM).isTrue();
		playwright = Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD));
		browser = playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(PROGRAM).setArgs(QUIETLY));
	}

	Page open(String path) {
		return open(path, new Browser.NewContextOptions());
	}

	Page openNarrow(String path, int width) {
		return open(path, new Browser.NewContextOptions().setViewportSize(width, 740));
	}

	Page openWithoutScript(String path) {
		return open(path, new Browser.NewContextOptions().setJavaScriptEnabled(false));
	}

	private Page open(String path, Browser.NewContextOptions options) {
		var context = Objects.requireNonNull(browser)
			.newContext(options.setBaseURL("http://localhost:" + port.getAsInt()));
		open.add(context);
		context.setDefaultTimeout(PATIENCE);
		var page = context.newPage();
		page.onConsoleMessage(message -> {
			if (message.type().equals("error") || message.type().equals("warning")) {
				complaints.add("%s says %s".formatted(page.url(), message.text()));
			}
		});
		page.onPageError(error -> complaints.add("%s fails: %s".formatted(page.url(), error)));
		page.onDialog(dialog -> {
			complaints.add("%s opens a dialog".formatted(page.url()));
			dialog.dismiss();
		});
		page.navigate(path);
		return page;
	}

	/** The page shows an error, as it should. */
	void overlook(String complaint) {
		complaints.removeIf(said -> said.contains(complaint));
	}

	/** Closes what is open, and expects that nothing was wrong with it. */
	@Override
	public void afterEach(ExtensionContext test) {
		open.forEach(BrowserContext::close);
		open.clear();
		var said = List.copyOf(complaints);
		complaints.clear();
		assertThat(said).as("errors in the browser").isEmpty();
	}

	static Locator link(Page page, String name) {
		return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	static Locator button(Page page, String name) {
		return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	/** What keeps somebody out, in light and in dark. */
	static List<String> inaccessible(Page page) {
		var found = Stream.of(ColorScheme.DARK, ColorScheme.LIGHT).flatMap(scheme -> {
			page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
			return new AxeBuilder(page).analyze().getViolations().stream();
		})
			.flatMap(rule -> rule.getNodes()
				.stream()
				.map(node -> "%s: %s: %s".formatted(page.url(), rule.getId(), node.getHtml())))
			.toList();
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(null));
		return found;
	}

	@Override
	public void afterAll(ExtensionContext tests) {
		if (browser != null && playwright != null) {
			browser.close();
			playwright.close();
		}
	}

}
