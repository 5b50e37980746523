/** Hands the page one message port to the assistant, once, when it asks. Exposes nothing else. */
import { ipcRenderer } from 'electron';

window.addEventListener('message', function handOver(event) {
  if (event.source !== window || event.data !== 'engram-ready') return;
  window.removeEventListener('message', handOver);
  const { port1, port2 } = new MessageChannel();
  ipcRenderer.postMessage('engram-port', null, [port1]);
  window.postMessage('engram-port', window.location.origin, [port2]);
});
