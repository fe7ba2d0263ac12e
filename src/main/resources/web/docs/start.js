// Shows the contract of the very server that served this page. The key typed into "Authorize" stays in the page.
window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  validatorUrl: null,
});
