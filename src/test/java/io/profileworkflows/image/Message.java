package io.profileworkflows.image;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * A request, to be sent as bytes.
 */
record Message(String method, int port, String path, String body, Map<String, String> headers) {

	private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

	Message with(String header, String value) {
		var more = new TreeMap<>(headers);
		more.put(header, value);
		return new Message(method, port, path, body, more);
	}

	/** As the AWS CLI and SDKs do. */
	Message signed(String accessKey, String secret) {
		var request = SdkHttpRequest.builder()
			.method(SdkHttpMethod.fromValue(method))
			.uri(URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
		headers.forEach(request::putHeader);
		var signed = SIGNER
			.sign(sign -> sign.identity(AwsBasicCredentials.create(accessKey, secret))
				.request(request.build())
				.payload(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
				.putProperty(AwsV4HttpSigner.REGION_NAME, TrainingGround.REGION)
				.putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "profile"))
			.request();
		var all = new TreeMap<String, String>();
		signed.forEachHeader((name, values) -> all.put(name, String.join(",", values)));
		return new Message(method, port, path, body, all);
	}

	byte[] bytes() {
		var content = body.getBytes(StandardCharsets.UTF_8);
		var head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, path));
		var all = new TreeMap<>(headers);
		all.putIfAbsent("Host", "127.0.0.1:" + port);
		all.put("Content-Length", Integer.toString(content.length));
		all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		var start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
		var bytes = new byte[start.length + content.length];
		System.arraycopy(start, 0, bytes, 0, start.length);
		System.arraycopy(content, 0, bytes, start.length, content.length);
		return bytes;
	}

}
