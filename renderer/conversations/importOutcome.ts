import type { ImportEvent, ImportKind, LeftOut, LeftOutReason } from '../../main/contract/importing.ts';
import { t } from '../messages.ts';

/** What came of an import, in a few sentences. */
export function importOutcome(kind: ImportKind | null, { figures, stopped, cut }: Extract<ImportEvent, { type: 'done' }>): string {
  const { conversations, messages } = figures;
  return [
    stopped ? t('import.stopped') : null,
    brought(kind, figures),
    conversations.grown > 0 ? t('import.grown', { count: conversations.grown }) : null,
    conversations.known > 0 ? t('import.known', { count: conversations.known }) : null,
    cut ? t('import.cut') : null,
    leftOut([...reasonsOf(conversations.leftOut, conversationReasons), ...reasonsOf(messages.leftOut, messageReasons)]),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

function brought(kind: ImportKind | null, { conversations, messages }: Extract<ImportEvent, { type: 'done' }>['figures']): string {
  if (kind === null || conversations.added + messages.added === 0) return t('import.nothing');
  const source = t(`import.${kind}`);
  if (conversations.added === 0) return t('import.messages', { count: messages.added, source });
  return t('import.brought', { count: conversations.added, messages: t('import.ofMessages', { count: messages.added }), source });
}

const conversationReasons = {
  broken: 'import.brokenConversations',
  'too-large': 'import.largeConversations',
  empty: 'import.emptyConversations',
  deleted: 'import.deletedConversations',
} as const;
const messageReasons = {
  system: 'import.systemMessages',
  tool: 'import.toolMessages',
  empty: 'import.emptyMessages',
  broken: 'import.brokenMessages',
  'too-large': 'import.largeMessages',
} as const;

function reasonsOf(counts: LeftOut, keys: typeof conversationReasons | typeof messageReasons): string[] {
  return Object.entries(keys).flatMap(([reason, key]) => {
    const count = counts[reason as LeftOutReason] ?? 0;
    return count > 0 ? [t(key, { count })] : [];
  });
}

const leftOut = (reasons: string[]): string | null => (reasons.length > 0 ? t('import.leftOut', { what: reasons.join(', ') }) : null);
