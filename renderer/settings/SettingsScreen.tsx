import { useRef, type ReactNode } from 'react';
import type { AppInfo, Settings } from '../../main/contract/app.ts';
import { useCall } from '../api.ts';
import { t } from '../messages.ts';
import { Button, Loaded, Screen, Section } from '../ui/index.ts';
import { Appearance } from './Appearance.tsx';
import { ConversationSettings } from './ConversationSettings.tsx';
import { DataSettings } from './DataSettings.tsx';
import { KeyboardSettings } from './KeyboardSettings.tsx';
import { MemorySettings } from './MemorySettings.tsx';
import { NoteSettings } from './NoteSettings.tsx';
import { Privacy } from './Privacy.tsx';
import './settings.css';

/** Privacy, looks, conversations, memory, notes, data and keys: every setting, each with what it means. */
export function SettingsScreen() {
  const settings = useCall('app.settings', {});
  const info = useCall('app.info', {}).data;
  return (
    <Screen title={t('settings.title')}>
      <Loaded call={settings} failed={t('settings.failedTitle')} lines={8}>
        {(all) => <AllSettings settings={all} info={info} />}
      </Loaded>
    </Screen>
  );
}

const sections = ['privacy', 'appearance', 'conversations', 'memory', 'notes', 'data', 'keyboard', 'about'] as const;
type SectionName = (typeof sections)[number];

function AllSettings({ settings, info }: { settings: Settings; info: AppInfo | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  const content: Record<SectionName, ReactNode> = {
    privacy: <Privacy settings={settings} />,
    appearance: <Appearance settings={settings} />,
    conversations: <ConversationSettings settings={settings} />,
    memory: <MemorySettings settings={settings} />,
    notes: <NoteSettings settings={settings} />,
    data: <DataSettings settings={settings} info={info} />,
    keyboard: <KeyboardSettings />,
    about: info ? <About info={info} /> : null,
  };
  const show = (name: SectionName) => {
    const section = place.current?.querySelector<HTMLElement>(`[data-section="${name}"]`);
    section?.scrollIntoView({ block: 'start' });
    section?.focus({ preventScroll: true });
  };
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label={t('settings.sections')}>
        {sections.map((name) => (
          <Button key={name} look="quiet" size="small" onClick={() => show(name)}>
            {t(`settings.${name}`)}
          </Button>
        ))}
      </nav>
      <div ref={place} className="settings-sections">
        {sections.map((name) => (
          <div key={name} data-section={name} className="settings-section" tabIndex={-1}>
            <Section title={t(`settings.${name}`)}>{content[name]}</Section>
          </div>
        ))}
      </div>
    </div>
  );
}

const hosts = { electron: 'settings.hostElectron', loopback: 'settings.hostLoopback', none: 'settings.hostNone' } as const;

function About({ info }: { info: AppInfo }) {
  return (
    <p className="field-note">
      {t('settings.version', { version: info.version })}, {t(hosts[info.host])}. {info.shell.reveal ? null : t('settings.aboutShell')}
    </p>
  );
}
