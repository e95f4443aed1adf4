namespace Lantai.RecordsManagement;

/// <summary>Where a case stands on its way into the archive and out of it.</summary>
/// <remarks>
/// The states of the drawing in the requirements, "Life-cycle states", with their Chinese names. Two side states are none of
/// these: a legal hold is set and lifted beside the state, and overdue follows from dates on the day that is asked for.
/// </remarks>
public enum CaseState
{
    /// <summary>办结待归档: completed, and told by the source system or declared by the lead of a joint case.</summary>
    Awaiting,

    /// <summary>收集中: its package is being collected.</summary>
    Collecting,

    /// <summary>清点/检测中: counted and inspected.</summary>
    Checking,

    /// <summary>退回: sent back with reasons.</summary>
    Returned,

    /// <summary>待人工: a person must decide.</summary>
    Manual,

    /// <summary>检测合格: the inspection was passed.</summary>
    Passed,

    /// <summary>已登记入库（室藏）: accepted by the agency's archive. This is what the law calls archived.</summary>
    Registered,

    /// <summary>待移交: to be transferred to the hall.</summary>
    TransferDue,

    /// <summary>移交中: on its way to the hall.</summary>
    Transferring,

    /// <summary>移交退回: the hall sent it back.</summary>
    TransferReturned,

    /// <summary>馆接收: the hall accepted it.</summary>
    HallAccepted,

    /// <summary>馆藏: in the hall's custody.</summary>
    InHall,

    /// <summary>鉴定中: its value is appraised after expiry.</summary>
    Appraising,

    /// <summary>延期: to be kept on, for a new period or for ever.</summary>
    Extended,

    /// <summary>待销毁: to be destroyed once that is approved.</summary>
    DestructionDue,

    /// <summary>已销毁（仅存元数据）: destroyed; what stands here remains.</summary>
    Destroyed,

    /// <summary>涉密拒收: refused because it is a state secret.</summary>
    RefusedAsSecret,
}
