package gatehouse.architecture.bad.wechat;

import com.google.zxing.BarcodeFormat;

record Owner(BarcodeFormat format) {
}
