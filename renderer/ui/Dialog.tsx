import { X } from 'lucide-react';
import { AlertDialog as RadixAlert, Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { t } from '../messages.ts';
import { Button, IconButton, join } from './Button.tsx';
import { useReturnFocus } from './returnFocus.ts';
import './dialog.css';

type DialogProps = {
  open: boolean;
  onOpen: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  size?: 'small' | 'medium' | 'large' | undefined;
  /** Only text to read: it takes the focus itself, so that it can be scrolled by keys. */
  reading?: boolean | undefined;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  children?: ReactNode;
};

/** A task above the page. Escape, the cross and a click beside it close it. */
export function Dialog({ open, onOpen, title, description, size = 'medium', reading, footer, children }: DialogProps) {
  const focus = useReturnFocus(focusFirstField);
  return (
    <Radix.Root open={open} onOpenChange={onOpen}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className={join('dialog', `dialog-${size}`)} {...focus} {...(description ? {} : { 'aria-describedby': undefined })}>
          <header className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t('ui.close')} size="small">
                <X aria-hidden />
              </IconButton>
            </Radix.Close>
          </header>
          <div className="dialog-body" tabIndex={reading ? 0 : undefined}>
            {description ? <Radix.Description className="dialog-description">{description}</Radix.Description> : null}
            {children}
          </div>
          {footer ? <footer className="dialog-foot">{footer}</footer> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The first field of the task, else the dialog itself: never the cross, whose tooltip would stand in the way. */
function focusFirstField(event: Event): void {
  event.preventDefault();
  const dialog = event.currentTarget as HTMLElement;
  (dialog.querySelector<HTMLElement>('.dialog-body :is(input, textarea, select)') ?? dialog).focus();
}

type ConfirmProps = {
  open: boolean;
  onOpen: (open: boolean) => void;
  title: string;
  /** What will happen and what will not: a sentence or two. */
  description: ReactNode;
  /** A verb, not "OK". */
  confirm: string;
  danger?: boolean | undefined;
  busy?: boolean | undefined;
  onConfirm: () => void;
  children?: ReactNode;
};

/** A question that must be answered before going on. Focus starts on Cancel. */
export function ConfirmDialog({ open, onOpen, title, description, confirm, danger, busy, onConfirm, children }: ConfirmProps) {
  const focus = useReturnFocus();
  return (
    <RadixAlert.Root open={open} onOpenChange={onOpen}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className="scrim" />
        <RadixAlert.Content className="dialog dialog-small" {...focus}>
          <header className="dialog-head">
            <RadixAlert.Title className="dialog-title">{title}</RadixAlert.Title>
          </header>
          <div className="dialog-body">
            <RadixAlert.Description asChild>
              <div className="dialog-description">{description}</div>
            </RadixAlert.Description>
            {children}
          </div>
          <footer className="dialog-foot">
            <RadixAlert.Cancel asChild>
              <Button>{t('ui.cancel')}</Button>
            </RadixAlert.Cancel>
            <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
              {confirm}
            </Button>
          </footer>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  );
}
