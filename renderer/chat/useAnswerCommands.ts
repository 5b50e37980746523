import type { ThreadRow } from './fold.ts';
import type { TurnActions } from './useTurn.ts';
import { useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { attempt, notify } from '../ui/notices.ts';

type Props = { rows: readonly ThreadRow[]; turn: TurnActions; edit: (id: string) => void; showReceipts: () => void };

/** Answers for the commands about the latest answer and the latest question. */
export function useAnswerCommands({ rows, turn, edit, showReceipts }: Props): void {
  const answer = rows.findLast((row) => row.message.role === 'assistant')?.message;
  const question = rows.findLast((row) => row.message.role === 'user')?.message;
  const idle = !turn.answering;

  useCommand('chat.stop', turn.stop, turn.answering);
  useCommand('chat.regenerate', () => answer && turn.regenerate(answer), idle && answer !== undefined);
  useCommand('chat.editLast', () => question && edit(question.id), idle && question !== undefined);
  useCommand('chat.receipts', showReceipts);
  useCommand(
    'chat.copyAnswer',
    () =>
      void attempt(async () => {
        await navigator.clipboard.writeText(answer?.text ?? '');
        notify({ message: t('ui.copied') });
      }),
    answer !== undefined && answer.text !== '',
  );
}
