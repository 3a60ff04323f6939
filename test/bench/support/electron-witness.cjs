// Loaded into Electron before the program: says on stdout how far its main process has come.
const { stdout } = require('node:process');
const { app, Tray } = require('electron');

const say = (what) => stdout.write(`bench: ${what}\n`);
app.once('ready', () => say('ready'));
const { setContextMenu } = Tray.prototype;
let there = false;
Tray.prototype.setContextMenu = function (menu) {
  setContextMenu.call(this, menu);
  if (!there) say('tray');
  there = true;
};
