import { FolderPlus, History, Search, X } from 'lucide-react';
import { useEffect } from 'react';
import { api, callCache, useCall } from '../api.ts';
import { hrefOf } from '../app/route.ts';
import { t } from '../messages.ts';
import { attempt, Button, EmptyState, IconButton } from '../ui/index.ts';

const examples = ['phrase', 'without', 'tag', 'path', 'type', 'after', 'in'] as const;

/** What stands where results will: searches made lately, and how to ask for more than words. */
export function Begin({ onText }: { onText: (text: string) => void }) {
  const recent = useCall('search.recent', {}).data ?? [];
  // Another window may have searched meanwhile.
  useEffect(() => callCache.invalidate(['search.recent']), []);
  const folders = useCall('notes.folders', {}).data;
  return (
    <div className="begin">
      {recent.length > 0 ? <Recent texts={recent.map(({ text }) => text)} onText={onText} /> : null}
      {recent.length === 0 ? (
        <EmptyState icon={<Search aria-hidden />} title={t('search.hintTitle')}>
          <p>{t('search.hintBody')}</p>
        </EmptyState>
      ) : null}
      {folders?.length === 0 ? (
        <a className="begin-notes" href={hrefOf({ screen: 'notes', noteId: null, at: null, query: '' })}>
          <FolderPlus aria-hidden />
          {t('search.addNotes')}
        </a>
      ) : null}
      <section aria-label={t('search.help')} className="begin-help">
        <h2 className="begin-title">{t('search.help')}</h2>
        <dl>
          {examples.map((example) => (
            <div key={example}>
              <dt>
                <code>{t(`search.example.${example}`)}</code>
              </dt>
              <dd>{t(`search.exampleHelp.${example}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

function Recent({ texts, onText }: { texts: readonly string[]; onText: (text: string) => void }) {
  const remove = async (text: string | null) => {
    await attempt(() => api.search.removeRecent({ text }));
    callCache.invalidate(['search.recent']);
  };
  return (
    <section aria-label={t('search.recent')}>
      <header className="spread">
        <h2 className="begin-title">{t('search.recent')}</h2>
        <Button look="quiet" size="small" onClick={() => void remove(null)}>
          {t('search.clearRecent')}
        </Button>
      </header>
      <ul className="recent">
        {texts.map((text) => (
          <li key={text}>
            <button type="button" className="recent-text" onClick={() => onText(text)}>
              <History aria-hidden />
              <span className="truncate">{text}</span>
            </button>
            <IconButton size="small" label={t('search.removeRecent', { text })} onClick={() => void remove(text)}>
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
