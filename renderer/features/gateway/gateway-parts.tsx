/** The gateway's screens, in a file of their own that is loaded when they are needed. */
export { AccessTab } from './access-tab.tsx';
export { GatewayDialog } from './gateway-dialog.tsx';
export { GatewaySection } from './gateway-section.tsx';
export { ProgramRequest } from './program-request.tsx';
export { TrafficView } from './traffic-view.tsx';
