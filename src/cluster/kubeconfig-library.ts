/** The one door to the client library at run time: loaded on first need (it costs 80 ms), and only this class of it. */
export { KubeConfig } from '@kubernetes/client-node';
