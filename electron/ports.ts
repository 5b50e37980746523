import { ipcMain, type IpcMainEvent, type MessagePortMain } from 'electron';
import { servePort, type Port } from '../main/contract/port.ts';
import type { Transport } from '../main/contract/transport.ts';
import { isOurs } from './scheme.ts';

/** Answers every port that the preload script of our own page hands over: one a page, a new one after a reload. */
export function servePages(transport: Transport): void {
  ipcMain.on('engram-port', (event: IpcMainEvent) => {
    const [port] = event.ports;
    const frame = event.senderFrame;
    if (!port || !frame || frame.parent || !isOurs(frame.url)) return;
    servePort(transport, fromPortMain(port));
  });
}

function fromPortMain(port: MessagePortMain): Port {
  return {
    post: (message) => port.postMessage(message),
    listen(listener) {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    closed: (listener) => void port.once('close', listener),
  };
}
