import { t } from '../messages.ts';

type Props = { temporary: boolean; kept: boolean; onExample: (text: string) => void };

const examples = ['chat.exampleTell', 'chat.exampleAsk', 'chat.exampleWrite'] as const;

/** The blank page: what this is for, and three ways to begin. */
export function EmptyConversation({ temporary, kept, onExample }: Props) {
  const what = temporary ? 'emptyTemporary' : kept ? 'emptyKept' : 'empty';
  return (
    <div className="blank">
      <div className="blank-text">
        <h2 className="blank-title">{t(`chat.${what}`)}</h2>
        <p className="blank-hint">{t(`chat.${what}Hint`)}</p>
        {temporary ? null : (
          <ul role="list" className="blank-examples" aria-label={t('chat.examples')}>
            {examples.map((example) => (
              <li key={example}>
                <button type="button" className="blank-example" onClick={() => onExample(t(example))}>
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
