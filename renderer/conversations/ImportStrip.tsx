import { t } from '../messages.ts';
import { Button, Progress } from '../ui/index.ts';
import { useImporting, type Importing } from './importing.ts';
import './import.css';

/** What an import that runs has read so far, quietly at the top of the page, with the way to stop it. */
export function ImportStrip() {
  const importing = useImporting();
  if (!importing) return null;
  const title = titleOf(importing);
  return (
    <section className="import-strip" aria-label={title}>
      {/* Spoken once for each file: the figures beside it change too often to be read out. */}
      <p className="import-title" role="status">
        {title}
      </p>
      <div className="import-bar">
        <Progress label={title} value={importing.fraction} />
      </div>
      <p className="muted tabular" aria-hidden>
        {importing.messages > 0 ? t('import.soFar', { count: importing.messages }) : null}
      </p>
      <Button size="small" look="quiet" aria-label={t('import.stopNamed')} busy={importing.stopping} onClick={importing.stop}>
        {t('import.stop')}
      </Button>
    </section>
  );
}

const titleOf = ({ kind }: Importing) => (kind === null ? t('import.recognising') : t('import.running', { source: t(`import.${kind}`) }));
