import { createStore, type StoreApi } from 'zustand/vanilla';
import { createActivitySlice } from './activity-slice.ts';
import { createConnectionSlice } from './connection-slice.ts';
import { createExportSlice } from './export-slice.ts';
import { createGatewaySlice } from './gateway-slice.ts';
import { createImportSlice } from './import-slice.ts';
import { createLinkSlice } from './link-slice.ts';
import { createLockSlice } from './lock-slice.ts';
import { createNoticeSlice } from './notice-slice.ts';
import type { StorePorts } from './ports.ts';
import { createPresetSlice } from './preset-slice.ts';
import { createProviderSlice } from './provider-slice.ts';
import { createRemovalSlice } from './removal-slice.ts';
import { createSettingsSlice } from './settings-slice.ts';
import { createSignInSlice } from './sign-in-slice.ts';
import type { AppState } from './state.ts';
import { createTrafficSlice } from './traffic-slice.ts';
import { createUsesSlice } from './uses-slice.ts';
import { createViewSlice } from './view-slice.ts';

export type AppStore = StoreApi<AppState>;

/** The state and actions of the window. Never holds a token or a client secret. */
export const createAppStore = (ports: StorePorts): AppStore =>
  createStore<AppState>()((...api) => ({
    ...createLinkSlice(ports)(...api),
    ...createConnectionSlice(ports)(...api),
    ...createRemovalSlice(ports)(...api),
    ...createSignInSlice(ports)(...api),
    ...createExportSlice(ports)(...api),
    ...createProviderSlice(ports)(...api),
    ...createPresetSlice(ports)(...api),
    ...createImportSlice(ports)(...api),
    ...createActivitySlice(ports)(...api),
    ...createUsesSlice(ports)(...api),
    ...createGatewaySlice(ports)(...api),
    ...createTrafficSlice(ports)(...api),
    ...createSettingsSlice(ports)(...api),
    ...createLockSlice(ports)(...api),
    ...createNoticeSlice(ports)(...api),
    ...createViewSlice(...api),
  }));
