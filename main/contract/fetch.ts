import { AppError, type ErrorShape } from './errors.ts';
import { fromFrames, type Frame, type Transport } from './transport.ts';

const exchangeMs = 10_000;
/** A host that does not answer a stop within this long is told by closing the request. */
const stopMs = 1_000;

/**
 * The asking end of the loopback host: a Transport over POST requests answered by one frame a line. `address` is the
 * host's, with no slash at its end. Stopping asks the host to stop and still hears what the handler has to say of it,
 * as over a port; leaving early closes the request, which stops it too.
 */
export function fetchTransport(address: string, token: string): Transport {
  return async function* send(path, input, signal) {
    if (signal.aborted) throw new AppError('cancelled', 'Stopped.');
    const id = crypto.randomUUID();
    const request = new AbortController();
    const stop = () => {
      post(`${address}/stop`, { token, body: { id }, signal: AbortSignal.timeout(stopMs) })
        .then(async (response) => (response.ok && ((await response.json()) as { stopped: boolean }).stopped) || request.abort())
        .catch(() => request.abort());
    };
    signal.addEventListener('abort', stop);
    try {
      const response = await post(`${address}/rpc/${path}`, { token, id, body: input ?? null, signal: request.signal });
      if (!response.ok || !response.body) throw await refusalOf(response);
      yield* fromFrames(readFrames(response.body));
    } catch (error) {
      if (error instanceof AppError && !request.signal.aborted) throw error;
      throw request.signal.aborted ? new AppError('cancelled', 'Stopped.', error) : lost(error);
    } finally {
      signal.removeEventListener('abort', stop);
      request.abort();
    }
  };
}

/** Exchanges the code of an address for the token of this launch; fails with the host's sentence when it is used or too old. */
export async function exchangeCode(address: string, code: string): Promise<string> {
  const response = await post(`${address}/session`, { body: { code }, signal: AbortSignal.timeout(exchangeMs) }).catch((error: unknown) => {
    throw lost(error);
  });
  if (!response.ok) throw await refusalOf(response);
  return ((await response.json()) as { token: string }).token;
}

async function post(url: string, { token, id, body, signal }: { token?: string; id?: string; body: unknown; signal: AbortSignal }): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (id !== undefined) headers['request-id'] = id;
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal, cache: 'no-store' });
}

async function* readFrames(body: ReadableStream<Uint8Array>): AsyncIterable<Frame> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Frame;
  }
}

/** A refusal carries the host's own code and sentence. */
async function refusalOf(response: Response): Promise<AppError> {
  try {
    const { error } = (await response.json()) as { error: ErrorShape };
    return new AppError(error.code, error.message);
  } catch (error) {
    return new AppError('disconnected', `The assistant answered with status ${response.status}.`, error);
  }
}

const lost = (error: unknown) =>
  new AppError('disconnected', 'The assistant cannot be reached: it was closed or has stopped. Start it again with npm start.', error);
