/** What mem0 takes for OpenAI: our embedder, and a scripted model that counts what it is given. On this machine only. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Engine } from '../../main/engine/engine.ts';
import { extract } from './extract.ts';

export type Counts = { embeddingCalls: number; embeddedTexts: number; modelCalls: number; promptTokens: number; answerTokens: number };
export type Endpoint = { url: string; counts(): Counts; close(): Promise<void> };

const Embeddings = z.object({ input: z.union([z.string(), z.array(z.string())]) });
const Completion = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });

export async function openEndpoint(engine: Pick<Engine, 'embed'>): Promise<Endpoint> {
  const counts: Counts = { embeddingCalls: 0, embeddedTexts: 0, modelCalls: 0, promptTokens: 0, answerTokens: 0 };
  const answers: Record<string, (body: unknown) => Promise<object> | object> = {
    async '/v1/embeddings'(body) {
      const { input } = Embeddings.parse(body);
      const texts = typeof input === 'string' ? [input] : input;
      counts.embeddingCalls += 1;
      counts.embeddedTexts += texts.length;
      const vectors = await engine.embed(texts);
      return { object: 'list', model: 'engram-starter', data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: [...vector] })), usage: { prompt_tokens: 0, total_tokens: 0 } };
    },
    '/v1/chat/completions'(body) {
      const { messages } = Completion.parse(body);
      const content = JSON.stringify({ memory: extract(messages.at(-1)?.content ?? '').map((text, index) => ({ id: String(index), text })) });
      const [prompt, answer] = [messages.reduce((sum, message) => sum + tokensOf(message.content), 0), tokensOf(content)];
      counts.modelCalls += 1;
      counts.promptTokens += prompt;
      counts.answerTokens += answer;
      return { id: 'scripted', object: 'chat.completion', model: 'scripted', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }] };
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    const reply = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (!answer) return void reply(404, { error: { message: 'Nothing is here.' } });
    read(request)
      .then(async (body) => reply(200, await answer(body)))
      .catch((error: unknown) => reply(500, { error: { message: String(error) } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    counts: () => ({ ...counts }),
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

async function read(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

/** As in the other benches: 1.33 a word. */
const tokensOf = (text: string) => Math.round(1.33 * (text.trim() === '' ? 0 : text.trim().split(/\s+/u).length));
