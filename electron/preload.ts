/** Hands the page one message port to the assistant, once, when it asks, and says where dropped files lie. Exposes nothing else. */
import { ipcRenderer, webUtils } from 'electron';

window.addEventListener('message', function handOver(event) {
  if (event.source !== window || event.data !== 'engram-ready') return;
  window.removeEventListener('message', handOver);
  const { port1, port2 } = new MessageChannel();
  ipcRenderer.postMessage('engram-port', null, [port1]);
  window.postMessage('engram-port', window.location.origin, [port2]);
});

// A page cannot ask where a file lies; what the owner drops on it, it is told.
window.addEventListener(
  'drop',
  (event) => {
    const paths = [...(event.dataTransfer?.files ?? [])].map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    window.postMessage({ type: 'engram-dropped', paths }, window.location.origin);
  },
  true,
);
