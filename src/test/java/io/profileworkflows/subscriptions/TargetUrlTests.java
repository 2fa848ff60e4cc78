package io.profileworkflows.subscriptions;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@OnTheSide
class TargetUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://hooks.example.com", "https://hooks.example.com/a/b?c=d%20e",
			"HTTPS://EXAMPLE.com:8443/", "https://xn--bcher-kva.example/", "https://1.1.1.1/",
			"https://[2606:4700:4700::1111]/", "https://a1.2b.example", "https://[64:ff9b::1.1.1.1]/",
			"https://example.com./", "arn:aws:events:eu-central-1:123456789012:event-bus/default",
			"arn:aws-us-gov:events:us-gov-west-1:123456789012:event-bus/team/one.two_three-4" })
	void takesWhatIsOutside(String url) {
		assertThat(TargetUrl.mistakeIn(url, false)).isEmpty();
		assertThat(TargetUrl.mistakeIn(url, true)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://127.0.0.1/", "https://10.1.2.3", "https://172.31.255.255", "https://192.168.0.1",
			"https://100.64.0.1", "https://[::1]/", "https://[fd12:3456::1]/", "https://[::ffff:127.0.0.1]/",
			"https://[::ffff:7f00:1]/", "https://[64:ff9b::10.0.0.1]/", "https://[2002:7f00:1::]/",
			"https://[::127.0.0.1]/", "https://[::ffff:0:127.0.0.1]/", "https://[fec0::1]/", "https://[2001:db8::1]/",
			"https://[100::1]/", "https://198.18.0.1", "https://203.0.113.9", "https://192.0.0.8",
			"http://hooks.example.com/" })
	void takesWhatIsInsideOnlyWhereThatIsAllowed(String url) {
		assertThat(TargetUrl.mistakeIn(url, false)).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://169.254.169.254/latest/meta-data", "https://[fe80::1]/",
			"https://[fd00:ec2::254]/", "https://0.0.0.0/", "https://[::]/", "https://224.0.0.1/", "https://[ff02::1]/",
			"https://255.255.255.255", "https://240.0.0.1", "https://[::ffff:169.254.169.254]/",
			"https://[64:ff9b::169.254.169.254]/", "https://[64:ff9b:1::a9fe:a9fe]/", "https://[2002:a9fe:a9fe::1]/",
			"https://[::169.254.169.254]/", "https://[::ffff:0:169.254.169.254]/",
			"https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "https://100.100.100.200/", "https://168.63.129.16/" })
	void neverTakesWhereNobodySubscribes(String url) {
		assertThat(TargetUrl.mistakeIn(url, false)).isPresent();
		assertThat(TargetUrl.mistakeIn(url, true)).isPresent();
	}

	/** Some take these for addresses of IPv4. */
	@ParameterizedTest
	@ValueSource(strings = { "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.1", "1.1.1.1.",
			"0x1.0x1.1.1", "010.8.8.8", "017700000001", "8.8.8", "256.1.1.1", "99999999999", "a.0x7f", "1.1.1.01" })
	void takesNoNumberInAnOddForm(String host) {
		assertThat(TargetUrl.mistakeIn("https://%s/".formatted(host), false)).isPresent();
		assertThat(TargetUrl.mistakeIn("https://%s/".formatted(host), true)).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "https://", "https:///path", "https:hooks.example.com", "//hooks.example.com/",
			"ftp://hooks.example.com", "file:///etc/passwd", "gopher://hooks.example.com", "jar:https://a.example!/",
			"https://user@hooks.example.com", "https://user:password@hooks.example.com/",
			"https://hooks.example.com@evil.example/", "https://hooks.example.com/#fragment",
			"https://hooks.example.com/\r\nX-Header: 1", "https://hooks.example.com/\nx",
			"https://hooks.example.com/a b", "https://hooks.example.com\\@evil.example/", "https://hööks.example.com/",
			"https://hooks.example.com:0/", "https://hooks.example.com:65536/", "https://hooks.example.com:x/",
			"https://hooks_x.example.com/", "https://-a.example/", "https://[fe80::1%25eth0]/", "https://[::1",
			"https://％31.example/", "https://hooks.example.com/\u0000", "https://{host}/",
			"arn:aws:sqs:eu-central-1:123456789012:queue", "arn:aws:events:eu-central-1:123456789012:rule/x",
			"arn:aws:events:evil.example/:123456789012:event-bus/x", "arn:aws:events:eu-central-1:12345:event-bus/x",
			"arn:aws:events::123456789012:event-bus/x", "arn:aws:events:eu-central-1:123456789012:event-bus/x\n" })
	void refusesWhatIsNoTarget(String url) {
		assertThat(TargetUrl.mistakeIn(url, false)).isPresent();
		assertThat(TargetUrl.mistakeIn(url, true)).isPresent();
	}

	@Test
	void refusesWhatIsTooLong() {
		assertThat(TargetUrl.mistakeIn("https://hooks.example.com/" + "x".repeat(2048), false)).isPresent();
	}

	@Test
	void allowsWhatIsInsideWhereSomebodySaysSo() {
		assertThat(TargetUrl.mistakeIn("http://127.0.0.1:8080/", true)).isEmpty();
		assertThat(TargetUrl.mistakeIn("http://receiver.team.svc:8080/", true)).isEmpty();
		assertThat(TargetUrl.mistakeIn("https://10.0.0.7/", true)).isEmpty();
		assertThat(TargetUrl.mistakeIn("https://[::1]/", true)).isEmpty();
	}

	@Test
	void knowsTheRegionOfAnEventBus() {
		assertThat(TargetUrl.regionOf("arn:aws:events:ap-southeast-2:123456789012:event-bus/default"))
			.isEqualTo("ap-southeast-2");
	}

}
