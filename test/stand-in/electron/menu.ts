import { EventEmitter } from 'node:events';
import type { SeenMenuItem } from '../wire.ts';
import { preventable } from './preventable.ts';

type Template = Electron.MenuItemConstructorOptions;
type ItemShape = Pick<
  Electron.MenuItem,
  'id' | 'label' | 'enabled' | 'visible' | 'checked' | 'toolTip' | 'sublabel'
>;

/** One item; `click` does what a click by a person does. */
export class StandInMenuItem implements ItemShape {
  readonly id: string;
  label: string;
  readonly type: NonNullable<Template['type']>;
  readonly role: Template['role'];
  readonly submenu: StandInMenu | undefined;
  readonly accelerator: Template['accelerator'];
  readonly toolTip: string;
  readonly sublabel: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly #click: Template['click'];
  menu: StandInMenu | null = null;

  constructor(template: Template) {
    if (template.submenu === undefined && template.type === 'submenu') throw new Error('Invalid submenu');
    const { submenu } = template;
    this.submenu = Array.isArray(submenu)
      ? StandInMenu.buildFromTemplate(submenu)
      : (submenu as unknown as StandInMenu | undefined);
    this.type = template.type ?? (this.submenu ? 'submenu' : 'normal');
    this.id = template.id ?? '';
    this.label = template.label ?? template.role ?? '';
    this.role = template.role;
    this.accelerator = template.accelerator;
    this.toolTip = template.toolTip ?? '';
    this.sublabel = template.sublabel ?? '';
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.checked = template.checked ?? false;
    this.#click = template.click;
  }

  /** The mark moves before the listener runs, whatever comes of it. */
  click(): void {
    if (!this.enabled || !this.visible) throw new Error(`“${this.label}” cannot be clicked`);
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type === 'radio') {
      for (const other of this.menu?.radioGroup(this) ?? []) other.checked = false;
      this.checked = true;
    }
    this.#click?.(
      this as unknown as Electron.MenuItem,
      undefined,
      preventable() as unknown as Electron.KeyboardEvent,
    );
  }

  seen(): SeenMenuItem {
    const { type } = this;
    return {
      label: shown(this.label),
      type: type === 'header' || type === 'palette' ? 'normal' : type,
      enabled: this.enabled,
      checked: this.checked,
      items: this.submenu?.seen() ?? [],
    };
  }
}

/** `&&` is an ampersand, a single one marks the mnemonic. */
const shown = (label: string): string => label.replace(/&(&?)/g, '$1');

type MenuShape = Pick<Electron.Menu, 'popup' | 'closePopup'>;

export class StandInMenu extends EventEmitter implements MenuShape {
  readonly items: StandInMenuItem[] = [];

  static #application: StandInMenu | null = null;

  static buildFromTemplate(template: (Template | StandInMenuItem | Electron.MenuItem)[]): StandInMenu {
    if (!Array.isArray(template))
      throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new StandInMenu();
    for (const entry of template) {
      const { label, role, type } = entry;
      if (label === undefined && role === undefined && type === undefined) {
        throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
      }
      menu.append(entry instanceof StandInMenuItem ? entry : new StandInMenuItem(entry as Template));
    }
    return menu;
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.#application = menu;
  }

  static getApplicationMenu(): StandInMenu | null {
    return StandInMenu.#application;
  }

  append(item: StandInMenuItem): void {
    item.menu = this;
    this.items.push(item);
    if (item.type === 'radio' && item.checked) {
      for (const other of this.radioGroup(item)) other.checked = other === item;
    }
  }

  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item;
      const inside = item.submenu?.getMenuItemById(id);
      if (inside) return inside;
    }
    return null;
  }

  popup = (): void => undefined;
  closePopup = (): void => undefined;

  /** The radio items beside `item`, between separators and other items. */
  radioGroup(item: StandInMenuItem): StandInMenuItem[] {
    const at = this.items.indexOf(item);
    let from = at;
    let to = at;
    while (this.items[from - 1]?.type === 'radio') from--;
    while (this.items[to + 1]?.type === 'radio') to++;
    return this.items.slice(from, to + 1);
  }

  /** As it is when it opens: a group of radio items without a checked one gets its first checked. */
  seen(): SeenMenuItem[] {
    for (const item of this.items) {
      const [first, ...others] = item.type === 'radio' ? this.radioGroup(item) : [];
      if (first !== undefined && ![first, ...others].some(({ checked }) => checked)) first.checked = true;
    }
    return this.items.filter(({ visible }) => visible).map((item) => item.seen());
  }

  /** The item that a person reaches by these labels; each may be the beginning of the shown one. */
  find(path: readonly string[]): StandInMenuItem {
    const [first, ...rest] = path;
    const labels = this.items.filter(({ visible }) => visible);
    const item =
      labels.find(({ label }) => shown(label) === first) ??
      labels.find(({ label }) => shown(label).startsWith(first ?? ''));
    if (!item) {
      throw new Error(
        `no item “${first ?? ''}” among ${labels.map(({ label }) => `“${shown(label)}”`).join(', ')}`,
      );
    }
    if (rest.length === 0) return item;
    if (!item.submenu) throw new Error(`“${item.label}” has no submenu`);
    return item.submenu.find(rest);
  }
}
