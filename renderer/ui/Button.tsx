import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from './Tooltip.tsx';
import './button.css';

type Look = {
  /** `primary` once a screen; `quiet` has no edge until touched; `danger` destroys. */
  look?: 'plain' | 'primary' | 'quiet' | 'danger' | undefined;
  size?: 'small' | 'medium' | undefined;
};
type ButtonProps = ComponentProps<'button'> &
  Look & {
    icon?: ReactNode;
    /** At work: shows a turning mark and takes no second click. */
    busy?: boolean | undefined;
  };

export function Button({ look = 'plain', size = 'medium', icon, busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={join('button', `button-${look}`, size === 'small' && 'button-small', className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    >
      {busy ? <LoaderCircle className="button-turning" aria-hidden /> : icon}
      {children}
    </button>
  );
}

type IconButtonProps = ComponentProps<'button'> & {
  /** Accessible name, and the tooltip. */
  label: string;
  /** Shown in the tooltip, such as `mod+k`. */
  keys?: string | undefined;
  size?: 'small' | 'medium' | undefined;
  look?: 'quiet' | 'primary' | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
};

/** A button that is only an icon; its name is spoken and shown on hover and focus. */
export function IconButton({ label, keys, size = 'medium', look = 'quiet', side, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys} side={side}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={join('button button-icon', `button-${look}`, size === 'small' && 'button-small', className)}
      >
        {children}
      </button>
    </Tooltip>
  );
}

/** Joins the class names that apply. */
export const join = (...names: (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ');
