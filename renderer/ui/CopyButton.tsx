import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../messages.ts';
import { IconButton } from './Button.tsx';
import { notify } from './notices.ts';

/** Copies text, and says so for a moment. */
export function CopyButton({ text, label = t('ui.copy'), size = 'small' }: { text: () => string; label?: string; size?: 'small' | 'medium' }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setCopied(true);
    } catch {
      notify({ message: t('ui.copyFailed'), tone: 'danger' });
    }
  };
  return (
    <IconButton label={copied ? t('ui.copied') : label} size={size} onClick={() => void copy()}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  );
}
