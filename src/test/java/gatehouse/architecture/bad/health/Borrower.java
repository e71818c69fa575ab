package gatehouse.architecture.bad.health;

import com.google.zxing.BarcodeFormat;

record Borrower(BarcodeFormat format) {
}
