import { PanelLeft } from 'lucide-react';
import { useState } from 'react';
import { Sidebar } from '../conversations/Sidebar.tsx';
import { keysOf, runCommand, useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { IconButton, Sheet } from '../ui/index.ts';
import { changePreferences, usePreference } from './preferences.ts';
import type { Route } from './route.ts';
import { useNarrow } from './useNarrow.ts';

/** The sidebar: beside the page where there is room, else sliding over it. */
export function SidebarPlace({ route }: { route: Route }) {
  return useNarrow('sidebar') ? <SlidingSidebar route={route} /> : <StandingSidebar route={route} />;
}

function StandingSidebar({ route }: { route: Route }) {
  const open = usePreference('sidebar');
  const toggle = () => changePreferences({ sidebar: !open });
  useCommand('app.sidebar', toggle);
  return open ? <Sidebar route={route} onClose={toggle} /> : null;
}

/** Starts closed, and closes again once a place was chosen: it is open only for the place it was opened at. */
function SlidingSidebar({ route }: { route: Route }) {
  const [openAt, setOpenAt] = useState<Route | null>(null);
  const show = (open: boolean) => setOpenAt(open ? route : null);
  useCommand('app.sidebar', () => show(openAt !== route));
  return (
    <Sheet open={openAt === route} onOpen={show} side="left" label={t('app.navigation')}>
      <Sidebar route={route} onClose={() => show(false)} />
    </Sheet>
  );
}

/** Whether a page must offer the way back to the sidebar. */
export function useSidebarHidden(): boolean {
  const open = usePreference('sidebar');
  return useNarrow('sidebar') || !open;
}

/** The button that brings the sidebar back. */
export function OpenSidebar() {
  return (
    <IconButton label={t('app.openSidebar')} keys={keysOf('app.sidebar')} side="right" onClick={() => runCommand('app.sidebar')}>
      <PanelLeft aria-hidden />
    </IconButton>
  );
}

/** The same button in the corner of a screen that has no bar of its own. */
export function SidebarCorner() {
  return useSidebarHidden() ? (
    <div className="page-corner">
      <OpenSidebar />
    </div>
  ) : null;
}
