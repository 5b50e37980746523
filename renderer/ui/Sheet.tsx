import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { join } from './Button.tsx';
import { useReturnFocus } from './returnFocus.ts';
import './sheet.css';

type Props = { open: boolean; onOpen: (open: boolean) => void; side: 'left' | 'right'; label: string; children: ReactNode };

/** The sheet itself, not its first button, whose tooltip would open over it. */
function focusSheet(event: Event): void {
  event.preventDefault();
  (event.currentTarget as HTMLElement | null)?.focus();
}

/** A panel that slides over the page from an edge, where there is no room beside it. */
export function Sheet({ open, onOpen, side, label, children }: Props) {
  const focus = useReturnFocus(focusSheet);
  return (
    <Radix.Root open={open} onOpenChange={onOpen}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className={join('sheet', `sheet-${side}`)} aria-describedby={undefined} {...focus}>
          <Radix.Title className="visually-hidden">{label}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
