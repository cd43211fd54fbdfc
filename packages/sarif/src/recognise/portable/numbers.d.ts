/** AssemblyScript's names for numbers. In JavaScript both are plain numbers. */
type i32 = number;
type f64 = number;
