import { Component, type ReactNode } from 'react';
import { CircleAlert } from 'lucide-react';
import { t } from '../messages.ts';
import { Button, EmptyState } from '../ui/index.ts';

/** Keeps one broken screen from taking the window with it. A new `place` tries again. */
export class ErrorBoundary extends Component<{ place: string; children: ReactNode }, { failedAt: string | null }> {
  override state: { failedAt: string | null } = { failedAt: null };

  static getDerivedStateFromError(): { failedAt: string } {
    return { failedAt: '' };
  }

  override componentDidUpdate(previous: { place: string }): void {
    if (previous.place !== this.props.place && this.state.failedAt !== null) this.setState({ failedAt: null });
  }

  override render(): ReactNode {
    if (this.state.failedAt === null) return this.props.children;
    return (
      <EmptyState
        icon={<CircleAlert aria-hidden />}
        title={t('app.screenFailed')}
        action={<Button onClick={() => this.setState({ failedAt: null })}>{t('app.redraw')}</Button>}
      >
        {t('app.screenFailedHint')}
      </EmptyState>
    );
  }
}
