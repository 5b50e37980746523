import type { AppInfo } from '../contract/app.ts';
import type { Engine } from '../engine/engine.ts';
import type { Shell } from './shell.ts';

type Details = Record<string, string | number | boolean | null>;

/** Figures and our own words, never what the owner said. */
export type ServiceLog = {
  info(event: string, details?: Details): void;
  error(event: string, error: unknown, details?: Details): void;
};

export type ServicesOptions = {
  /** Made when missing. Nobody else may have it open: who calls holds its lock. */
  dataFolder: string;
  engine: Engine;
  log: ServiceLog;
  host: AppInfo['host'];
  /** Null where no operating system's window is around the assistant. */
  shell: Shell | null;
  /** `catalogue.json` and the bundled weights. */
  modelsFolder: string;
  /** `personas/`. */
  resourcesFolder: string;
  /** The file that a thread runs which reads notes. */
  readerWorker: string;
  version: string;
  /** False for work that needs no model: the engine is then not started before something asks for it. */
  loadModels?: boolean;
  now?(): number;
};
