const qrcode = require('../../vendor/qrcode-generator.js');

/* As the standard asks, so that a scanner finds the corners. */
const QUIET_MODULES = 4;
const ANY_VERSION = 0;
/* What a QR code packs most tightly. */
const PLAIN = /^[0-9A-Z $%*+\-./:]+$/;

function matrixOf(text) {
  const code = qrcode(ANY_VERSION, 'M');
  code.addData(text, PLAIN.test(text) ? 'Alphanumeric' : 'Byte');
  code.make();
  return code;
}

function paint(canvas, width, text) {
  const code = matrixOf(text);
  const modules = code.getModuleCount();
  const side = Math.max(1, Math.floor(width * wx.getWindowInfo().pixelRatio / (modules + 2 * QUIET_MODULES)));
  canvas.width = side * (modules + 2 * QUIET_MODULES);
  canvas.height = canvas.width;
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000000';
  for (let row = 0; row < modules; row++) {
    for (let column = 0; column < modules; column++) {
      if (code.isDark(row, column)) context.fillRect((column + QUIET_MODULES) * side, (row + QUIET_MODULES) * side, side, side);
    }
  }
}

/** `text` as a QR code, drawn on the phone: nobody is asked for a picture. `label`: what it is, for a screen reader. */
Component({
  properties: {
    text: { type: String, value: '' },
    label: { type: String, value: '' }
  },
  observers: {
    text() {
      this.draw();
    }
  },
  lifetimes: {
    ready() {
      this.standing = true;
      this.draw();
    }
  },
  methods: {
    draw() {
      const text = this.data.text;
      if (!this.standing || !text) return;
      wx.createSelectorQuery().in(this).select('#qr').fields({ node: true, size: true }).exec(found => {
        if (found[0] && found[0].node) paint(found[0].node, found[0].width, text);
      });
    }
  }
});
