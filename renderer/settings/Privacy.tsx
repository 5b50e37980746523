import { LockKeyhole } from 'lucide-react';
import type { Settings } from '../../main/contract/app.ts';
import { t } from '../messages.ts';
import { Card, Switch } from '../ui/index.ts';
import { change } from './saving.ts';

/** What leaves this machine, and why one can believe it; and what is kept of searching. */
export function Privacy({ settings }: { settings: Settings }) {
  return (
    <>
    <Card className="privacy">
      <LockKeyhole aria-hidden />
      <div>
        <p className="privacy-title">{t('settings.privacyTitle')}</p>
        <p>{t('settings.privacyBody')}</p>
        <ul>
          <li>{t('settings.privacyModels')}</li>
          <li>{t('settings.privacyPictures')}</li>
          <li>{t('settings.privacyTemporary')}</li>
        </ul>
      </div>
    </Card>
      <Switch label={t('settings.recentSearches')} hint={t('settings.recentSearchesHelp')} checked={settings.recentSearches} onChecked={(recentSearches) => void change({ recentSearches })} />
    </>
  );
}
