/** Chinese keyboards write digits in full width; people mean plain ones. */
export const plainDigits = text => text.trim().replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
