import type { Conversation } from '../../main/contract/conversation.ts';
import { useCall } from '../api.ts';
import { t } from '../messages.ts';
import { everyNote, setNotes } from './noteScope.ts';

type Props = { conversation: Conversation; onExample: (text: string) => void };
type Example = (typeof examples)[number] | 'chat.exampleNotes';

const examples = ['chat.exampleTell', 'chat.exampleAsk', 'chat.exampleWrite'] as const;

/** The blank page: what this is for, and some ways to begin; one of them asks the notes, where there are any. */
export function EmptyConversation({ conversation, onExample }: Props) {
  const { temporary, kept } = conversation;
  const hasNotes = (useCall('notes.folders', {}).data?.length ?? 0) > 0;
  const [tell, ask, ...others] = examples;
  const shown: Example[] = hasNotes ? [tell, ask, 'chat.exampleNotes', ...others] : [...examples];
  const begin = (example: Example) => {
    if (example === 'chat.exampleNotes') void setNotes(conversation, everyNote);
    onExample(t(example).replace(/…$/u, ''));
  };
  const what = temporary ? 'emptyTemporary' : kept ? 'emptyKept' : 'empty';
  return (
    <div className="blank">
      <div className="blank-text">
        <h2 className="blank-title">{t(`chat.${what}`)}</h2>
        <p className="blank-hint">{t(`chat.${what}Hint`)}</p>
        {temporary ? null : (
          <ul role="list" className="blank-examples" aria-label={t('chat.examples')}>
            {shown.map((example) => (
              <li key={example}>
                <button type="button" className="blank-example" onClick={() => begin(example)}>
                  {t(example)}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
