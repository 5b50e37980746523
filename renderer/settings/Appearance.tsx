import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import type { Settings } from '../../main/contract/app.ts';
import { changeLook } from '../app/appearance.ts';
import { formatPercent } from '../format.ts';
import { t } from '../messages.ts';
import { Button, Segments, Slider } from '../ui/index.ts';
import { Line } from './parts.tsx';

/** Light or dark, and how large everything is. */
export function Appearance({ settings }: { settings: Settings }) {
  return (
    <>
      <Line title={t('settings.theme')}>
        <Segments<Settings['theme']>
          label={t('settings.theme')}
          value={settings.theme}
          options={[
            { value: 'system', label: t('settings.theme.system'), icon: <Monitor aria-hidden /> },
            { value: 'light', label: t('settings.theme.light'), icon: <Sun aria-hidden /> },
            { value: 'dark', label: t('settings.theme.dark'), icon: <Moon aria-hidden /> },
          ]}
          onValue={(theme) => changeLook({ theme })}
        />
      </Line>
      <TextSize textSize={settings.textSize} />
    </>
  );
}

/** The page grows when the hand lets go: growing under it, the slider would run away. */
function TextSize({ textSize }: { textSize: number }) {
  const [dragged, setDragged] = useState<number | null>(null);
  return (
    <div className="text-size">
      <Slider
        label={t('settings.textSize')}
        hint={t('settings.textSizeHelp')}
        value={dragged ?? textSize}
        min={80}
        max={200}
        step={10}
        show={(value) => formatPercent(value / 100)}
        onValue={setDragged}
        onCommit={(value) => {
          setDragged(null);
          changeLook({ textSize: value });
        }}
      />
      {textSize === 100 ? null : (
        <div>
          <Button size="small" onClick={() => changeLook({ textSize: 100 })}>
            {t('settings.textSizeReset')}
          </Button>
        </div>
      )}
    </div>
  );
}
