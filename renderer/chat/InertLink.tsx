import { useState, type ReactNode } from 'react';
import { t } from '../messages.ts';
import { Button, CopyButton, Dialog } from '../ui/index.ts';

type Props = { href: string; id?: string | undefined; children: ReactNode };

/** A link in a message. It leads nowhere by itself: its address is shown first, and opened only if it is https and the reader says so. */
export function InertLink({ href, id, children }: Props) {
  const [open, setOpen] = useState(false);
  if (href.startsWith('#')) {
    return (
      <button type="button" className="text-link" id={id} onClick={() => document.getElementById(decode(href.slice(1)))?.scrollIntoView({ block: 'nearest' })}>
        {children}
      </button>
    );
  }
  // What react-markdown found unsafe, javascript: above all, comes without an address and stays text.
  if (!href) return <>{children}</>;
  const secure = href.startsWith('https://');
  return (
    <>
      <button type="button" className="text-link" id={id} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {children}
      </button>
      <Dialog
        open={open}
        onOpen={setOpen}
        size="small"
        title={t('chat.linkTitle')}
        description={t(secure ? 'chat.linkWarning' : 'chat.linkRefused')}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t('ui.cancel')}</Button>
            {secure ? (
              <Button
                look="primary"
                onClick={() => {
                  window.open(href, '_blank', 'noopener,noreferrer');
                  setOpen(false);
                }}
              >
                {t('chat.linkOpen')}
              </Button>
            ) : null}
          </>
        }
      >
        <div className="link-address">
          <code className="grow">{href}</code>
          <CopyButton text={() => href} label={t('chat.linkCopy')} />
        </div>
      </Dialog>
    </>
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
