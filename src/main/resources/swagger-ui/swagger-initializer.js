window.onload = () => {
	window.ui = SwaggerUIBundle({
		url: "../v3/api-docs",
		dom_id: "#swagger-ui",
		deepLinking: true,
		tryItOutEnabled: true,
		displayRequestDuration: true,
		defaultModelsExpandDepth: 0
	});
};
