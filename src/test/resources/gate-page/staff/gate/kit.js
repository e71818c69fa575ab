export const kitNow = () => null;
export const seenNow = () => ({});
export const noteSeen = async () => undefined;
export const refreshKit = async () => undefined;
