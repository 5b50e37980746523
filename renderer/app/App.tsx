import { Suspense, useEffect, useRef, type RefObject } from 'react';
import { ChatScreen } from '../chat/ChatScreen.tsx';
import { ImportStrip } from '../conversations/ImportStrip.tsx';
import { useConversationCommands } from '../conversations/useConversationCommands.ts';
import { t } from '../messages.ts';
import { PickerPlace } from '../picker/Picker.tsx';
import { TooltipProvider } from '../ui/index.ts';
import { Notices } from '../ui/Notices.tsx';
import { useAppearance } from './appearance.ts';
import { Banner } from './Banner.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Overlays } from './Overlays.tsx';
import { useRoute, type Route } from './route.ts';
import { screens } from './screens.ts';
import { SidebarCorner, SidebarPlace } from './SidebarPlace.tsx';
import { useWelcome } from './useWelcome.ts';
import './app.css';

/** The window: sidebar, the place one is at, and what may open above it. */
export function App() {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  useFocusAfterMove(route, main);
  useAppearance();
  useConversationCommands(route);
  useWelcome(route);

  return (
    <TooltipProvider>
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        {t('app.skip')}
      </button>
      <div className="frame">
        {route.screen === 'welcome' ? null : <SidebarPlace route={route} />}
        <main ref={main} className="page" tabIndex={-1}>
          <Banner />
          <ImportStrip />
          <Place route={route} />
        </main>
      </div>
      <PickerPlace />
      <Notices />
      <Overlays />
    </TooltipProvider>
  );
}

function Place({ route }: { route: Route }) {
  return (
    <ErrorBoundary place={route.screen === 'chat' ? `chat/${route.conversationId}` : route.screen}>
      <Suspense fallback={<div className="page-waiting" aria-busy />}>
        {route.screen === 'chat' ? <ChatScreen route={route} /> : <OtherScreen screen={route.screen} />}
      </Suspense>
    </ErrorBoundary>
  );
}

function OtherScreen({ screen }: { screen: keyof typeof screens }) {
  const Shown = screens[screen];
  return (
    <>
      {screen === 'welcome' ? null : <SidebarCorner />}
      <Shown />
    </>
  );
}

/** A new screen is announced and takes the focus, as a new page would; the conversation focuses its own box. */
function useFocusAfterMove(route: Route, main: RefObject<HTMLElement | null>): void {
  const shown = useRef(route.screen);
  useEffect(() => {
    if (route.screen !== 'chat') document.title = t('app.screenTitle', { screen: t(`place.${route.screen}`) });
    if (shown.current !== route.screen && route.screen !== 'chat') main.current?.focus({ preventScroll: true });
    shown.current = route.screen;
  }, [route.screen, main]);
}
