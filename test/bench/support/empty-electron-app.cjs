// What no desktop program of ours can be quicker or smaller than.
require('electron').app.on('window-all-closed', () => undefined);
