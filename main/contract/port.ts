import { AppError } from './errors.ts';
import { fromFrames, toFrames, type Frame, type Transport } from './transport.ts';

/** What the browser's, Node's, Electron's message ports and a child process's channel have in common. */
export type Port = {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
  /** Called once, when the other side is gone. */
  closed(listener: () => void): void;
};

type Request = { id: number; path: string; input: unknown } | { id: number; cancel: true };
type Reply = { id: number; frame: Frame };

/** The answering end: every request runs on its own, and is stopped when asked to or when the port closes. */
export function servePort(transport: Transport, port: Port): void {
  const running = new Map<number, AbortController>();
  port.closed(() => {
    for (const controller of running.values()) controller.abort();
    running.clear();
  });
  port.listen((message) => {
    const request = toRequest(message);
    // The other end may be a page: what is not a request, or uses the id of a running one, is dropped.
    if (!request || ('path' in request && running.has(request.id))) return;
    if ('cancel' in request) {
      running.get(request.id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(request.id, controller);
    void answer(request.id, transport(request.path, request.input, controller.signal)).finally(() => running.delete(request.id));
  });

  async function answer(id: number, values: AsyncIterable<unknown>): Promise<void> {
    for await (const frame of toFrames(values)) {
      // A frame that cannot be cloned or a port that has just closed must not bring the answering side down.
      try {
        port.post({ id, frame } satisfies Reply);
      } catch (error) {
        running.get(id)?.abort();
        if (!('error' in frame)) tryPost({ id, frame: { error: AppError.from(error).shape } });
        return;
      }
    }
  }

  function tryPost(reply: Reply): void {
    try {
      port.post(reply);
    } catch {
      // The port is closed: nobody is left to tell.
    }
  }
}

function toRequest(message: unknown): Request | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { id, path, cancel, input } = message as Record<string, unknown>;
  if (typeof id !== 'number') return undefined;
  if (cancel === true) return { id, cancel };
  return typeof path === 'string' ? { id, path, input } : undefined;
}

/** The asking end: a Transport over a port. Everything waiting ends with `disconnected` when the port closes. */
export function portTransport(port: Port): Transport {
  let lastId = 0;
  let gone = false;
  const waiting = new Map<number, (frame: Frame) => void>();
  const lost: Frame = { error: { code: 'disconnected', message: 'The assistant stopped before it finished.' } };

  port.listen((message) => {
    const { id, frame } = message as Reply;
    waiting.get(id)?.(frame);
  });
  port.closed(() => {
    gone = true;
    for (const deliver of waiting.values()) deliver(lost);
  });

  function post(request: Request): void {
    try {
      port.post(request);
    } catch (error) {
      throw new AppError('invalid-input', 'What was asked cannot be sent to the assistant.', error);
    }
  }

  return async function* send(path, input, signal) {
    if (gone) throw new AppError(lost.error.code, lost.error.message);
    const id = ++lastId;
    const inbox = createInbox<Frame>();
    waiting.set(id, inbox.put);
    const cancel = () => {
      if (!gone) port.post({ id, cancel: true } satisfies Request);
    };
    signal.addEventListener('abort', cancel);
    try {
      post({ id, path, input });
      if (signal.aborted) cancel();
      yield* fromFrames(inbox.items());
    } finally {
      waiting.delete(id);
      signal.removeEventListener('abort', cancel);
      if (!inbox.ended()) cancel();
    }
  };
}

/** A queue between a listener and an async loop. Ends after a frame that ends the answer. */
function createInbox<T extends Frame>() {
  const queue: T[] = [];
  let wake = () => {};
  let ended = false;
  return {
    put(item: T): void {
      ended ||= 'done' in item || 'error' in item;
      queue.push(item);
      wake();
    },
    ended: () => ended,
    async *items(): AsyncIterable<T> {
      for (;;) {
        const next = queue.shift();
        if (next) yield next;
        else await new Promise<void>((resolve) => { wake = resolve; });
      }
    },
  };
}
