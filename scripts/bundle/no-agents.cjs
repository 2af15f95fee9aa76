/**
 * What stands for `undici` inside the client library: it would use it for requests of its own, which we never ask for.
 * So its HTTP client is carried by the transport alone.
 */
function Unused() {
  throw new Error('The client library sends no requests here: use the transport.');
}

module.exports = { Agent: Unused, ProxyAgent: Unused, fetch: Unused };
