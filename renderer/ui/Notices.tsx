import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { t } from '../messages.ts';
import { Button, IconButton, join } from './Button.tsx';
import { dismiss, useNotices, type Notice } from './notices.ts';
import './notices.css';

/** Where notices appear; stands in the window once. F8 moves focus here. */
export function Notices() {
  const notices = useNotices();
  return (
    <Toast.Provider label={t('ui.notices', { hotkey: 'F8' })} swipeDirection="up">
      {notices.map((notice) => (
        <OneNotice key={notice.id} notice={notice} />
      ))}
      <Toast.Viewport className="notices" label={t('ui.notices', { hotkey: 'F8' })} />
    </Toast.Provider>
  );
}

function OneNotice({ notice }: { notice: Notice }) {
  const { id, message, tone, lasts, action } = notice;
  return (
    <Toast.Root
      className={join('notice', `notice-${tone}`)}
      duration={lasts}
      type={tone === 'danger' ? 'foreground' : 'background'}
      onOpenChange={(open) => !open && dismiss(id)}
    >
      <Toast.Description className="grow">{message}</Toast.Description>
      {action ? (
        <Toast.Action asChild altText={action.label}>
          <Button size="small" look="quiet" className="notice-action" onClick={action.run}>
            {action.label}
          </Button>
        </Toast.Action>
      ) : null}
      <Toast.Close asChild>
        <IconButton label={t('ui.dismiss')} size="small" side="top">
          <X aria-hidden />
        </IconButton>
      </Toast.Close>
    </Toast.Root>
  );
}
