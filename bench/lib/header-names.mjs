// A thousand names of request headers: what clients send, what proxies add, what servers and frameworks are known to listen to, and
// what might follow the same pattern. First come those that some server is known to obey.

const known = `accept accept-charset accept-datetime accept-encoding accept-language accept-patch accept-ranges access-control-request-headers
access-control-request-method age alt-used authorization cache-control client-ip cookie cookie2 date device-memory dnt downlink dpr early-data ecn etag
expect forwarded from http2-settings if if-match if-modified-since if-none-match if-range if-unmodified-since keep-alive last-event-id lock-token
max-forwards nel origin overwrite pragma prefer priority proxy proxy-authorization proxy-connection purpose range referer rtt save-data
sec-ch-prefers-color-scheme sec-ch-ua sec-ch-ua-arch sec-ch-ua-mobile sec-ch-ua-model sec-ch-ua-platform sec-fetch-dest sec-fetch-mode sec-fetch-site
sec-fetch-user sec-gpc sec-purpose sec-websocket-key service-worker service-worker-navigation-preload signature slug soapaction surrogate-capability
surrogate-control te timeout trailer translate upgrade-insecure-requests user-agent vary via viewport-width want-digest warning width
x-accel-redirect x-accel-buffering x-amz-cf-id x-amz-date x-amz-website-redirect-location x-amzn-trace-id x-api-key x-api-version x-app-name
x-arr-clientcert x-arr-log-id x-arr-ssl x-att-deviceid x-auth-token x-auth-user x-authenticated-user x-aws-id x-azure-clientip x-azure-fdid x-backend
x-backend-host x-bluecoat-via x-cache x-cache-bypass x-cdn x-cluster-client-ip x-codemirror x-correlation-id x-csrf-token x-custom-ip-authorization x-debug
x-debug-token x-device x-do-not-track x-dns-prefetch-control x-dynatrace x-edge-location x-envoy-original-path x-envoy-external-address x-error
x-firefly x-forward-for x-forwarded x-forwarded-by x-forwarded-for x-forwarded-for-original x-forwarded-host x-forwarded-path x-forwarded-port
x-forwarded-prefix x-forwarded-proto x-forwarded-protocol x-forwarded-scheme x-forwarded-server x-forwarded-ssl x-forwarded-url x-forwarder-for
x-frontend x-gateway x-geo x-geo-country x-goog-api-client x-host x-http-destinationurl x-http-host-override x-http-method x-http-method-override
x-http-path-override x-https x-hub-signature x-id x-identity x-if-none-match x-ip x-jenkins x-jsonp-callback x-language x-lb x-locale x-login x-map
x-method-override x-middleware-prefetch x-middleware-subrequest x-mobile x-moz x-next-action x-nextjs-data x-now-deployment-url x-nginx-cache
x-original-host x-original-url x-original-uri x-originating-ip x-page x-pingback x-pjax x-pjax-container x-platform x-powered-by x-preview x-proxy-url
x-proxyuser-ip x-purge x-rack-cache x-real-ip x-real-host x-redirect x-remote-addr x-remote-ip x-remote-user x-request-id x-request-start x-requested-with
x-requested-by x-rewrite-url x-rewrite-uri x-robots-tag x-route x-runtime x-sap-request-xsrf x-scheme x-script-name x-secret x-sendfile x-server-name
x-session-id x-site x-skip-cache x-ssl x-staging x-style x-tenant x-theme x-timer x-token x-trace x-uidh x-uniquewcid x-update x-url-scheme x-user
x-user-id x-user-agent x-varnish x-version x-vhost x-wap-profile x-wp-nonce x-xsrf-token x_forwarded_for x.forwarded.for forwarded-for
forwarded-host forwarded-proto front-end-https base-url http-host host-override original-url request-uri script-name path-info query-string content-type
content-language content-encoding content-location content-md5 content-disposition destination depth cdn-loop cf-connecting-ip cf-ipcountry cf-ray
cf-visitor cf-worker fastly-client-ip fastly-ff fastly-ssl true-client-ip traceparent tracestate baggage b3 uber-trace-id grpc-timeout hx-request
hx-target hx-trigger turbo-frame rsc next-router-prefetch next-router-state-tree next-url ngrok-skip-browser-warning platform-user platform-theme`.split(/\s+/);

const before = ["x-", "", "x-original-", "x-forwarded-", "x-real-", "x-client-", "x-override-", "x-rewrite-", "x-http-", "x-proxy-", "x-remote-", "x-default-", "x-app-", "http-", "proxy-", "front-", "platform-", "x-platform-"];
const after = ["host", "hostname", "port", "proto", "protocol", "scheme", "url", "uri", "path", "prefix", "query", "method", "user", "user-id", "role", "roles", "group", "ip", "addr", "for", "domain", "site", "tenant", "theme",
  "template", "layout", "locale", "language", "country", "currency", "device", "variant", "version", "cache", "cache-key", "debug", "trace", "mode", "preview", "callback", "redirect", "return-url", "title", "name", "id",
  "token", "key", "nonce", "csp", "color-scheme"];

export const headerNames = [...new Set([...known, ...after.flatMap((end) => before.map((start) => start + end))])]
  // What frames the message or names the host is no header that a page could read: a server that took it would show another page, rightly.
  .filter((name) => !["host", "te", "trailer", "expect", "upgrade", "connection", "content-length", "transfer-encoding", "http2-settings"].includes(name))
  .slice(0, 1000);
