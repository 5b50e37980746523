import { AppError } from '../main/contract/errors.ts';
import { exchangeCode, fetchTransport } from '../main/contract/fetch.ts';
import { portTransport, type Port } from '../main/contract/port.ts';
import type { Transport } from '../main/contract/transport.ts';

/**
 * The window's way to the assistant: the port that the shell's preload script hands over, else the loopback host that
 * served this page. Fails with a sentence for people when neither lets us in.
 */
export async function connect(): Promise<Transport> {
  if (location.hostname === loopbackHost) return fetchTransport(location.origin, await token());
  return portTransport(fromMessagePort(await receivePort()));
}

/** The loopback host answers under no other name; the shell serves the page under one of its own. */
const loopbackHost = '127.0.0.1';

const tokenKey = 'engram-token';

/**
 * The token lies in sessionStorage: it survives a reload, ends with the tab, and belongs to this port alone, where a
 * cookie would be sent to every server on 127.0.0.1. A page that got a script in could use either just as well.
 */
async function token(): Promise<string> {
  // A new address put into an old window changes what stands after its # only, and loads nothing by itself.
  window.addEventListener('hashchange', () => codeInAddress() && location.reload());
  const code = codeInAddress();
  if (code) {
    // Out of the address bar and the history before anything can go wrong.
    history.replaceState(null, '', location.pathname + location.search);
    sessionStorage.setItem(tokenKey, await exchangeCode(location.origin, code));
  }
  const kept = sessionStorage.getItem(tokenKey);
  if (!kept) throw new AppError('not-allowed', 'This page was opened without its one-time address: run npm start again to open a window.');
  return kept;
}

const codeInAddress = () => new URLSearchParams(location.hash.slice(1)).get('code');

/** The preload script posts one message with one port in it, to this window and from this origin alone. */
function receivePort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    window.addEventListener('message', function receive(event: MessageEvent) {
      const [port] = event.ports;
      if (event.source !== window || event.origin !== location.origin || event.data !== 'engram-port' || !port) return;
      window.removeEventListener('message', receive);
      resolve(port);
    });
    // The preload script may have spoken before this module ran: ask, and it answers.
    window.postMessage('engram-ready', location.origin);
  });
}

function fromMessagePort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    listen(listener) {
      port.addEventListener('message', (event: MessageEvent) => listener(event.data));
      port.start();
    },
    closed: (listener) => port.addEventListener('close', listener),
  };
}
