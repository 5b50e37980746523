import { keysOf } from '../keyboard.ts';
import { t } from '../messages.ts';
import { Button, Kbd } from '../ui/index.ts';
import type { Row } from './rows.ts';
import type { Actions } from './useActions.ts';

/** What can be done with what is looked at, and by which keys. */
export function ActionBar({ row, actions }: { row: Row; actions: Actions }) {
  const opens = row.kind !== 'others' && row.kind !== 'all';
  return (
    <div role="toolbar" aria-label={t('search.actions')} className="search-actions">
      {opens ? <Action label={t('search.open')} keys="enter" onClick={actions.open} /> : null}
      {actions.edit ? <Action label={t('search.edit')} keys={keysOf('search.edit')} onClick={actions.edit} /> : null}
      {actions.link ? <Action label={t('search.copyLink')} keys={keysOf('search.copyLink')} onClick={actions.link} /> : null}
      {opens ? <Action label={t('search.copyQuote')} keys={keysOf('search.copyQuote')} onClick={actions.quote} /> : null}
      <Action label={t('search.ask')} keys="mod+enter" onClick={actions.ask} />
    </div>
  );
}

function Action({ label, keys, onClick }: { label: string; keys: string | undefined; onClick: () => void }) {
  return (
    <Button look="quiet" size="small" onClick={onClick}>
      {label} {keys ? <Kbd keys={keys} /> : null}
    </Button>
  );
}
