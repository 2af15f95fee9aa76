/** What stands for `undici` in the bundle: its agents without the index, which would set the process-wide dispatcher. */
const Agent = require('undici/lib/dispatcher/agent');
const Dispatcher = require('undici/lib/dispatcher/dispatcher');
const ProxyAgent = require('undici/lib/dispatcher/proxy-agent');

// As the index does: `agent.request()` and its kind come from here.
Object.assign(Dispatcher.prototype, require('undici/lib/api'));

module.exports = { Agent, Dispatcher, ProxyAgent };
