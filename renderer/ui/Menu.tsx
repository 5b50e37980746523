import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { join } from './Button.tsx';
import { Kbd } from './Kbd.tsx';
import './menu.css';

type MenuProps = {
  /** One button; give it an accessible name. */
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end' | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  /** What the menu is, where the trigger's name does not say it. */
  label?: string | undefined;
  wide?: boolean | undefined;
  onOpen?: ((open: boolean) => void) | undefined;
  children: ReactNode;
};

/** A list of actions under a button. */
export function Menu({ trigger, align = 'start', side = 'bottom', label, wide, onOpen, children }: MenuProps) {
  return (
    // Not modal: what lies behind stays readable, and a click beside the menu does what it says.
    <Radix.Root modal={false} {...(onOpen ? { onOpenChange: onOpen } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className={join('menu', wide && 'menu-wide')}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          {...(label ? { 'aria-label': label } : {})}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = {
  icon?: ReactNode;
  keys?: string | undefined;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  /** A sentence below it, for what its name does not say. */
  hint?: string | undefined;
  onSelect: () => void;
  children: ReactNode;
};

export function MenuItem({ icon, keys, danger, disabled, hint, onSelect, children }: ItemProps) {
  return (
    <Radix.Item className={join('menu-item', danger && 'menu-danger')} disabled={disabled ?? false} onSelect={onSelect}>
      <span className="menu-icon">{icon}</span>
      <span className="grow">
        {children}
        {hint ? <span className="menu-hint">{hint}</span> : null}
      </span>
      {keys ? <Kbd keys={keys} /> : null}
    </Radix.Item>
  );
}

type ChoicesProps = {
  label: string;
  value: string;
  options: readonly { value: string; label: string; hint?: string | undefined }[];
  onValue: (value: string) => void;
};

/** One of several inside a menu, the chosen one marked. */
export function MenuChoices({ label, value, options, onValue }: ChoicesProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onValue}>
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className="menu-item" textValue={option.label}>
          <span className="menu-icon">
            <Radix.ItemIndicator>
              <Check aria-hidden />
            </Radix.ItemIndicator>
          </span>
          <span className="grow">
            {option.label}
            {option.hint ? <span className="menu-hint">{option.hint}</span> : null}
          </span>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="menu-label">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="menu-separator" />;
}
