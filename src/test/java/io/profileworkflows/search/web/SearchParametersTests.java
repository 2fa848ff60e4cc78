package io.profileworkflows.search.web;

import java.io.UnsupportedEncodingException;
import java.util.HashSet;

import io.profileworkflows.PostgresTest;
import io.profileworkflows.workflow.web.ApiPage;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class SearchParametersTests {

	@Autowired
	MockMvcTester mvc;

	@Test
	void areThoseThatTheApiTellsOf() throws UnsupportedEncodingException {
		var page = new ApiPage(mvc.get().uri("/v3/api-docs").exchange().getResponse().getContentAsString());
		var inDomain = new HashSet<>(SearchParameters.KNOWN);
		inDomain.removeAll(SearchParameters.NOT_IN_A_DOMAIN);

		assertThat(page.operation("SearchWorkflows").parametersIn("query"))
			.containsExactlyInAnyOrderElementsOf(SearchParameters.KNOWN);
		assertThat(page.operation("BrowseWorkflows").parametersIn("query"))
			.containsExactlyInAnyOrderElementsOf(inDomain);
	}

}
