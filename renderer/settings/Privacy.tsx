import { LockKeyhole } from 'lucide-react';
import { t } from '../messages.ts';
import { Card } from '../ui/index.ts';

/** What leaves this machine, and why one can believe it. */
export function Privacy() {
  return (
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
  );
}
