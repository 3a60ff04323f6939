/** An event whose default can be prevented, as Electron's emitters give it first. */
export interface Preventable {
  defaultPrevented: boolean;
  preventDefault: () => void;
}

export function preventable<T extends object>(details?: T): Preventable & T {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  } as Preventable & T;
  return event;
}
