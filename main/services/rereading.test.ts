import { expect, it, vi } from 'vitest';
import { answerOf, openAssistant, scripted } from './fixtures/assistant.ts';

it('no reranker is examined while an answer is being written', async () => {
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const rank = vi.fn(() => 0.5);
  const engine = scripted({
    rank,
    async *answer() {
      yield 'I see';
      await held;
      yield '.';
    },
  });
  const { api } = await openAssistant(engine, { loadModels: false });
  const { id } = await api.conversation.create({ personaId: 'friendly', temporary: false });
  const answer = answerOf(api.chat.send({ conversationId: id, text: 'Good morning to you.', editOf: null }));
  await vi.waitFor(() => expect(engine.requests).toHaveLength(1));
  await engine.loadReranker({ path: 'ranks.gguf', name: 'Ranks' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(rank).not.toHaveBeenCalled();
  go();
  await answer;
  await vi.waitFor(() => expect(rank.mock.calls.length).toBeGreaterThan(100));
});
