import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import './back-link.css';

/** The way back to the list one came from. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className="back-link" href={href}>
      <ArrowLeft aria-hidden />
      {children}
    </a>
  );
}
