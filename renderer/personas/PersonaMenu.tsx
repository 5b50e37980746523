import { Copy, Ellipsis, FileDown, Pencil, Star, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Persona } from '../../main/contract/persona.ts';
import { api, useCall } from '../api.ts';
import { go } from '../app/route.ts';
import { t } from '../messages.ts';
import { attempt, ConfirmDialog, IconButton, Menu, MenuItem, MenuSeparator, notify } from '../ui/index.ts';
import { keepDraft } from './draftStore.ts';
import { exportPersona } from './exchange.ts';

/** What can be done with a persona as a whole. */
export function PersonaMenu({ persona, isDefault }: { persona: Persona; isDefault: boolean }) {
  const { id, name, builtIn } = persona;
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={t('personas.more', { name })} size="small" className="persona-menu">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={() => go({ screen: 'personas', id })}>
          {t('personas.edit')}
        </MenuItem>
        <MenuItem icon={<Copy />} onSelect={() => void duplicate(id)}>
          {t('personas.duplicate')}
        </MenuItem>
        <MenuItem icon={<FileDown />} onSelect={() => void exportPersona(persona)}>
          {t('personas.export')}
        </MenuItem>
        <MenuItem icon={<Star />} disabled={isDefault} onSelect={() => void makeDefault(persona)}>
          {t('personas.makeDefault')}
        </MenuItem>
        {builtIn ? null : (
          <>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} danger onSelect={() => setDeleting(true)}>
              {t('personas.delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      {deleting ? <DeleteDialog persona={persona} onClose={() => setDeleting(false)} /> : null}
    </>
  );
}

/** Says first what would be out of reach: memories of its own are recalled by nobody else. */
function DeleteDialog({ persona, onClose }: { persona: Persona; onClose: () => void }) {
  const count = useCall('persona.ownMemories', { id: persona.id }).data?.count ?? 0;
  return (
    <ConfirmDialog
      open
      onOpen={(open) => !open && onClose()}
      title={t('personas.deleteTitle', { name: persona.name })}
      description={
        <div className="stack">
          <p>{t('personas.deleteBody')}</p>
          {count > 0 ? <p>{t('personas.deleteMemories', { count })}</p> : null}
        </div>
      }
      confirm={t('ui.delete')}
      danger
      onConfirm={() => {
        onClose();
        void remove(persona);
      }}
    />
  );
}

async function duplicate(id: string): Promise<void> {
  const copy = await attempt(() => api.persona.duplicate({ id }));
  if (copy) go({ screen: 'personas', id: copy.id });
}

async function makeDefault({ id, name }: Persona): Promise<void> {
  const saved = await attempt(() => api.app.changeSettings({ defaultPersonaId: id }));
  if (saved) notify({ message: t('personas.madeDefault', { name }) });
}

async function remove({ id, name }: Persona): Promise<void> {
  const removed = await attempt(() => api.persona.delete({ id }));
  if (!removed) return;
  keepDraft(id, null);
  notify({ message: t('personas.deleted', { name }) });
}
