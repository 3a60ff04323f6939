// Loaded into the real Electron before the program: keeps what no test can see from outside.
const electron = require('electron');

const witness = { tray: null, openedUrls: [], notifications: [] };
globalThis.shellWitness = witness;

const { Tray, Notification, shell } = electron;
for (const name of ['setContextMenu', 'setToolTip', 'setImage']) {
  const original = Tray.prototype[name];
  Tray.prototype[name] = function (value) {
    witness.tray ??= { tooltip: '', menu: null, hasIcon: true };
    if (name === 'setContextMenu') witness.tray.menu = value;
    if (name === 'setToolTip') witness.tray.tooltip = value;
    return original.call(this, value);
  };
}
const show = Notification.prototype.show;
Notification.prototype.show = function () {
  witness.notifications.push({ title: this.title, body: this.body });
  return show.call(this);
};
shell.openExternal = (url) => {
  witness.openedUrls.push(url);
  return Promise.resolve();
};
